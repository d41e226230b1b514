/** Tells the time in milliseconds since the epoch. It is passed in so that tests can set it. */
export type Clock = () => number;
