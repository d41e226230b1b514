/** How the server's process is started: what Node.js is told, and what is added to the environment. */
export const serverProcess = {
  /**
   * Twelve posts of a long blog, read and tagged, take 293 MB at the peak without the last two, 251 MB with
   * the first of them and 226 MB with both, and about the same processor time.
   */
  execArgv: ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=4", "--optimize-for-size"],
  /**
   * The C library's allocator (Linux) otherwise keeps what the model has freed: 142 MB of a server at rest,
   * against 89 MB so. Other systems do not know these names.
   */
  env: {
    MALLOC_ARENA_MAX: "2",
    MALLOC_TRIM_THRESHOLD_: "131072",
    MALLOC_MMAP_THRESHOLD_: "131072",
  },
};
