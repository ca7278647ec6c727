/** An index after its mark: "ij", "i,j≥1", "(t−1),j". */
const INDEX = /_((?:\([^)]*\)|[\p{L}\p{N}≥≤<−+]+)(?:,[\p{L}\p{N}≥≤<−+]+)*)/u;

/** A formula written in a line of plain text, "Σ_j a_ij", with its indices set below the line. */
export function PlainFormula({ text }: { readonly text: string }) {
  return text.split(INDEX).map((part, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text never change places
    i % 2 === 0 ? part : <sub key={i}>{part}</sub>,
  );
}
