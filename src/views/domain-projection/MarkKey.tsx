/** A set's mark in its colour, as the points have it. */
export function MarkKey(props: { readonly mark: number; readonly color: string }) {
  const { mark, color } = props;
  const isHollow = mark % 8 >= 4;
  const style = { fill: isHollow ? 'none' : color, stroke: color, strokeWidth: 2 };
  return (
    <svg width={14} height={14} aria-hidden="true">
      {mark % 4 === 0 && <circle cx={7} cy={7} r={4.5} style={style} />}
      {mark % 4 === 1 && <rect x={2.5} y={2.5} width={9} height={9} style={style} />}
      {mark % 4 === 2 && <path d="M7 2 L12 11 L2 11 Z" style={style} />}
      {mark % 4 === 3 && <path d="M7 1.5 L12.5 7 L7 12.5 L1.5 7 Z" style={style} />}
    </svg>
  );
}
