/** Values of all heads on the built-in texts, written by `batch/record-domains.ts`. */
export const RECORDED_DOMAINS = 'src/testing/recorded/domain-values.safetensors';
