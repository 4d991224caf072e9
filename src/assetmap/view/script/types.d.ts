// What the page reads, and the little of cytoscape.js that it uses.

/** One text, or the same in Dutch and in English. */
type Said = string | [string, string];

type Proposal = {
  need: number;
  asker: number;
  title: number;
  why: number[];
  status?: string;
  when?: number;
  who?: number;
  parts?: [number, number][];
  via?: number[][];
  ask?: number[];
};

/** What one audience sees, in numbers that point into `texts`, `kinds`, `words` and `dots`. */
type World = {
  audience: string;
  stops: number[];
  notices: number[];
  /** id, kind, name, owner, area, theme, days, x, y, stops it is there, details */
  dots: [string, number, number, number, number, number, number, number, number, number, number[]][];
  /** from, to, kind, text, stops it is there */
  lines: [number, number, number, number, number][];
  proposals: Proposal[];
  gaps: Proposal[];
  kinds: string[];
  words: string[];
  texts: Said[];
};

type Page = {
  language: string;
  words: Record<string, Record<string, string>>;
  worlds: World[];
};

type Dot = {
  at: number;
  id: string;
  kind: string;
  name: number;
  owner: number;
  area: number;
  theme: number;
  days: number;
  x: number;
  y: number;
  there: number;
  details: number[];
  links: Link[];
};

type Link = { to: number; kind: string; said: number; there: number; out: boolean };

type Sorting = { column: string; up: boolean };

type Look = {
  shape: string;
  colour: string;
  size: number;
  font: number;
  /** The name stands above instead of below. */
  above?: boolean;
  /** From which zoom on the name is shown. */
  from: number;
  path: string;
};

type CyEvent = { target: CyNode };
type CyNode = { id(): string; data(name: string): any };
type CyGroup = {
  length: number;
  addClass(names: string): CyGroup;
  removeClass(names: string): CyGroup;
  remove(): CyGroup;
};
type Cy = {
  add(elements: object[]): CyGroup;
  batch(action: () => void): void;
  elements(): CyGroup;
  nodes(): CyGroup;
  getElementById(id: string): CyGroup;
  on(events: string, act: () => void): void;
  on(events: string, selector: string, act: (event: CyEvent) => void): void;
  fit(elements?: CyGroup, padding?: number): void;
  center(elements?: CyGroup): void;
  animate(how: object, options?: object): void;
  zoom(level?: number | object): number;
  pan(): { x: number; y: number };
  panBy(by: { x: number; y: number }): void;
  width(): number;
  height(): number;
  resize(): void;
  minZoom(level: number): void;
  destroy(): void;
};
declare function cytoscape(options: object): Cy;
