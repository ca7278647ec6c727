/** What we use of svgcanvas, which ships no types: a canvas context that records SVG. */
declare module 'svgcanvas/dist/svgcanvas.esm.js' {
  export class Context {
    constructor(options: { readonly width: number; readonly height: number });
    fillText(text: string, x: number, y: number): void;
    getSvg(): SVGSVGElement;
  }
}
