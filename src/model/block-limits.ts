import type { Precision } from './weight-form.ts';

/*
 * How much is worked on at once. The engine cuts its work by these, and the estimate of memory counts
 * with them.
 */

/** Queries that run at once: bounds the memory of a block, and skips most of the masked half. */
export const BLOCK_QUERIES = 256;

/** Positions that go through the unembedding at once: their logits take count x vocabulary x 4 bytes. */
export const BLOCK_POSITIONS = 64;

/** Exact rows that may be held, bytes; beyond it layers are computed again when they are asked for. */
export const KEPT_ROWS_BYTES: Readonly<Record<Precision, number>> = {
  dequantised: 320 << 20,
  packed: 24 << 20,
};

/**
 * Where a runtime has no product for packed weights, it multiplies all of them out at each run: this is
 * how much memory it may take for it, bytes. Larger matrices are cut into products of some rows each.
 */
export const OPENED_BYTES = 16 << 20;
