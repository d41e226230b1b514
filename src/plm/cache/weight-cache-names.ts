/*
 * Names in the folder of unpacked weights. It may hold files of others, and those of other versions of Idiolect:
 * whatever is removed there is first known by its name.
 */

/**
 * The layout of what is unpacked. Raise it with every change of the bytes or the places: versions of Idiolect that
 * share a folder each use and keep the caches of their own layout.
 */
export const cacheFormat = 5;

/** All weights of a model one after the other, little-endian. */
export const weightsFile = "weights.bin";
/** Tells what the weights are and where each lies; written last, so that it makes the folder valid. */
export const recordFile = "weights.record";

/** The folder of a model, by the start of its id and the layout. Before layout 3 only the id stood there. */
export const cacheFolderName = (modelId: string): string => `${modelId.slice(0, 16)}-${cacheFormat}`;

/** The folder of the base that shipped before caches told where they come from: nothing reads with it any more. */
export const formerBaseFolder = "b08bd93d3717d466";

const folderName = /^[0-9a-f]{16}(-\d+)?$/;
/** Of this layout and of the two before: those had a list of places in JSON, and graphs by the start of their hash. */
const fileName = /^(weights(-\d+)?\.(bin|json|record)|[0-9a-f]{16}\.onnx)(\.[0-9a-f-]+\.draft)?$/;

export const isCacheFolderName = (name: string): boolean => folderName.test(name);

export const isCacheFileName = (name: string): boolean => fileName.test(name);
