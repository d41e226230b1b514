import { resolve } from "node:path";
import { weightCachePath } from "../plm/cache/weight-cache-path.ts";
import { defaultStorePath } from "../store/store-folder.ts";
import { shippedModelPath } from "./package-root.ts";

/** Where a program finds what it reads with; absolute paths. */
export interface Places {
  readonly storePath: string;
  readonly modelPath: string;
  /** Where models are unpacked; holds nothing of a writer. */
  readonly cachePath: string;
}

/** Places as somebody names them. */
export type GivenPlaces = { readonly [Place in keyof Places]?: string | undefined };

/** Makes the paths absolute; what nobody names lies at the usual place. */
export function placesOf({ storePath, modelPath, cachePath }: GivenPlaces): Places {
  return {
    storePath: resolve(storePath ?? defaultStorePath()),
    modelPath: resolve(modelPath ?? shippedModelPath()),
    cachePath: resolve(cachePath ?? weightCachePath()),
  };
}
