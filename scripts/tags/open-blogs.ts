/** Blogs whose licence lets what is learned from them be passed on without a condition on its use. */
export const openBlogs: readonly string[] = [
  "chris-wellons",
  "drew-devault",
  "matthias-endler",
  "phil-haack",
  "protesilaos-stavrou",
  "ruben-schade",
  "will-norris",
];
