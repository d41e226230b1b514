/** Whether a path is a folder or lies in it. Windows does not tell letters of different case apart. */
export function isWithin(folder: string, path: string, platform: string = process.platform): boolean {
  const plain = (text: string) => {
    const slashes = text.replaceAll("\\", "/").replace(/\/+$/, "");
    return platform === "win32" ? slashes.toLowerCase() : slashes;
  };
  return `${plain(path)}/`.startsWith(`${plain(folder)}/`);
}
