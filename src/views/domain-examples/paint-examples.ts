import type { ColorTheme } from '../../ui/color-scales.ts';
import type { Painting } from '../../ui/figure.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { drawExamples, type ExamplesScene } from './draw-examples.ts';
import { type ShownExample, toBars } from './examples-data.ts';
import { layOutExamples } from './examples-layout.ts';

const FIGURE_WIDTH = 760;

export function toScene(
  shown: readonly ShownExample[],
  theme: ColorTheme,
  width: number,
): ExamplesScene {
  const rows = shown.map((example) => toBars(example, theme));
  return {
    rows,
    layout: layOutExamples(
      rows.map(({ values }) => values),
      width,
    ),
  };
}

/** All texts as a picture of fixed width. */
export function paintExamples(shown: readonly ShownExample[], theme: ColorTheme): Painting {
  const scene = toScene(shown, theme, FIGURE_WIDTH);
  return {
    width: FIGURE_WIDTH,
    height: scene.layout.height,
    draw: (context) => drawExamples(context, scene, getThemeColors()),
  };
}
