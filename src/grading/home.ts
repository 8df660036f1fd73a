/** Where a learner's files are: `files/` of a challenge lands here, and checks name files relative to it. */
export const HOME = "/home/learner";

export const resolveHome = (path: string): string =>
  path.startsWith("/") ? path : `${HOME}/${path.replace(/^~\//, "")}`;
