import { readFileSync } from 'node:fs';
import type { NamedArray } from '../tensor/named-array.ts';
import { parseSafetensors } from '../tensor/safetensors.ts';

/** Arrays of a reference file by name; the origin of all of them stands in golden/README.md. */
export class GoldenArrays {
  private readonly arrays: ReadonlyMap<string, NamedArray>;

  constructor(name: string) {
    const file = readFileSync(new URL(`./golden/${name}.safetensors`, import.meta.url));
    this.arrays = new Map(parseSafetensors(file).arrays.map((array) => [array.name, array]));
  }

  floats(name: string): Float32Array {
    return this.get(name).data as Float32Array;
  }

  integers(name: string): Int32Array {
    return this.get(name).data as Int32Array;
  }

  shape(name: string): readonly number[] {
    return this.get(name).shape;
  }

  has(name: string): boolean {
    return this.arrays.has(name);
  }

  private get(name: string): NamedArray {
    const array = this.arrays.get(name);
    if (array === undefined) throw new Error(`the reference has no array ${name}`);
    return array;
  }
}

/** A JSON file of reference values. */
export function readGoldenJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./golden/${name}`, import.meta.url), 'utf8')) as T;
}
