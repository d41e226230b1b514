/** How the server's process is started: what Node.js is told, and what is added to the environment. */
export const serverProcess = {
  /**
   * Twelve posts of a long blog, read and tagged, take 293 MB at the peak without the last one, and 251 MB with it.
   * `--optimize-for-size` spares 25 MB more there, but V8 then collects so often that the first ranked completion in a vault
   * of 16,000 notes costs 4.5 s of processor time, and 3.6 s without it, where it spares 5 MB of 400 (bench/size).
   */
  execArgv: ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=4"],
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
