/*
 * Names in the folder of unpacked weights. It may hold files of others, and those of other versions of Idiolect:
 * whatever is removed there is first known by its name.
 */

/** `<model>` of the versions before a format stood in the name, then `<model>-<format>`; the model by its id's start. */
const folderName = /^[0-9a-f]{16}(-\d+)?$/;
/** Weights and their places, graphs by the start of their hash, and what was being written. */
const fileName = /^(weights(-\d+)?\.(bin|json)|[0-9a-f]{16}\.onnx)(\.[0-9a-f-]+\.draft)?$/;

export const isCacheFolderName = (name: string): boolean => folderName.test(name);

export const isCacheFileName = (name: string): boolean => fileName.test(name);
