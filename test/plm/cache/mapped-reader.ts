import { wholeSession } from "../reading-of.ts";
import { openTinyModel } from "../tiny-model.ts";

/* A process that maps the weights of the tiny model in a cache and reads with them each time it is told to. */

const model = await openTinyModel(process.argv[2]);
const session = await wholeSession(model);
process.on("message", () => {
  void session.read().then((reading) => process.send!(reading));
});
process.send!("ready");
