import { strToU8, zipSync } from 'fflate';
import type { NamedArray } from './named-array.ts';
import { toNpy } from './npy.ts';
import { toSafetensors } from './safetensors.ts';

/**
 * Arrays as files, by extension: `safetensors` with the settings as metadata; one array alone as `npy`,
 * several as `npz` (NumPy's zip of npy files) beside a `settings.json`.
 */
export function toArrayFiles(
  arrays: () => readonly NamedArray[],
  settings: () => Readonly<Record<string, string>>,
  isSingle: boolean,
): Readonly<Record<string, () => Blob>> {
  const safetensors = () => new Blob([toSafetensors(arrays(), settings())]);
  if (isSingle) return { npy: () => new Blob(arrays().map(toNpy)), safetensors };
  const npz = () => {
    const files = Object.fromEntries(arrays().map((each) => [`${each.name}.npy`, toNpy(each)]));
    return new Blob([zipSync({ ...files, 'settings.json': strToU8(JSON.stringify(settings())) })]);
  };
  return { npz, safetensors };
}
