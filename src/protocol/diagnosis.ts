/** What helps to find a fault, and says nothing of what a writer wrote: counts, sizes, versions. */
export interface Diagnosis {
  readonly node: string;
  /** As Node.js names them: 'linux x64'. */
  readonly platform: string;
  readonly canLearn: boolean;
  /** Names the general reading; absent where the model cannot be opened. */
  readonly baseModel?: string;
  readonly writers: number;
  readonly documents: number;
  readonly lessons: number;
  readonly profileVersions: number;
  readonly storeBytes: number;
}
