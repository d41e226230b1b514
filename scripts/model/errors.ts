/** A checkpoint of one kind of build was to be gone on with by the other. */
export class MixedTrainingError extends Error {
  override readonly name = "MixedTrainingError";

  constructor(folder: string, found: string, wanted: string) {
    const command = found === "research" ? "with --research" : "without --research";
    super(
      `${folder} holds the checkpoint of a build of the kind '${found}', and this build is of the kind '${wanted}': ` +
        `their training sets differ. Go on with it ${command}, or name another folder: --work <dir>.`,
    );
  }
}

/** Weights for research were to be written where they could be committed or shipped. */
export class ResearchPlaceError extends Error {
  override readonly name = "ResearchPlaceError";

  constructor(path: string) {
    super(
      `${path} lies in a checkout, and weights that were trained on sets for research must not be committed or shipped. ` +
        "Name a folder outside of it, or one below its .cache.",
    );
  }
}

/** A file of weights has a mark of training that no build of ours writes. */
export class TrainingKindError extends Error {
  override readonly name = "TrainingKindError";

  constructor(path: string, mark: string) {
    super(
      `${path} is marked as trained for '${mark}', which is not known. Export it again from the checkpoint of its build.`,
    );
  }
}

/** A folder was to hold the checkpoint of a build. */
export class NoCheckpointError extends Error {
  override readonly name = "NoCheckpointError";

  constructor(folder: string) {
    super(
      `There is no checkpoint in ${folder}. Train one with npm run model:build, or name the folder that a build worked in.`,
    );
  }
}

/** An earlier stage has neither as many layers as what is built nor half as many. */
export class StageDepthError extends Error {
  override readonly name = "StageDepthError";

  constructor(folder: string, given: number, wanted: number) {
    super(
      `${folder} has ${given} layers, and what is built has ${wanted}. Name a stage with as many or half as many: --from <dir>.`,
    );
  }
}

/** A model cannot say which texts are neighbours to a build. */
export class TeacherError extends Error {
  override readonly name = "TeacherError";

  constructor(path: string, problem: string) {
    super(
      `${path} cannot be the teacher of neighbours: ${problem}. ` +
        "Name a model of the vocabulary and width of the start weights, such as all-MiniLM-L6-v2: --teacher <dir>.",
    );
  }
}

/** A student was to learn from a model that cannot teach it. */
export class StudentSourceError extends Error {
  override readonly name = "StudentSourceError";

  constructor(path: string) {
    super(
      `${path} cannot be the source of a student: it lacks a head for hidden words or one of location and scale for tone. ` +
        "Name a directory that model:build wrote with --keep: --source <dir>.",
    );
  }
}

/** A base reads tone no better than what needs no model. */
export class ExportRefusedError extends Error {
  override readonly name = "ExportRefusedError";

  constructor(problems: readonly string[]) {
    super(
      `This base is not above what needs no model, so it is not exported:\n${problems.map((one) => `  - ${one}\n`).join("")}` +
        "Train it further, or look at the learning curve in the build.log of its work folder.",
    );
  }
}

/** A model that is to teach tone has no head for it. */
export class ToneTeacherError extends Error {
  override readonly name = "ToneTeacherError";

  constructor(path: string) {
    super(`${path} cannot teach tone: it has no head for it. Name the directory of a finished base.`);
  }
}

/** A rate of dropout that leaves out nothing, all, or no share at all. */
export class DropoutRateError extends Error {
  override readonly name = "DropoutRateError";

  constructor(rate: number) {
    super(`${rate} is no share of numbers to leave out. Name one above 0 and below 1: --dropout 0.1.`);
  }
}

/** A build was to go on with another rate of dropout than it began with. */
export class DropoutChangedError extends Error {
  override readonly name = "DropoutChangedError";

  constructor(folder: string, found: number, wanted: number) {
    super(
      `The checkpoint in ${folder} was trained with a dropout of ${found}, not ${wanted}. ` +
        `Go on with it with --dropout ${found}, or begin another stage: --from ${folder} --work <dir>.`,
    );
  }
}

/** Ends cannot be averaged by these shares. */
export class AverageShareError extends Error {
  override readonly name = "AverageShareError";

  constructor(shares: readonly number[], ends: number) {
    super(
      `${shares.join(", ")} cannot be the shares of ${ends} ends: name one above 0 for each --average, 1 together at most, ` +
        "or none, where all count alike.",
    );
  }
}
