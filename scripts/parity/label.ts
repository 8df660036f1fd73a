import type { Area } from "./frame/area";
import { RUNNING, RUNNING_FILES } from "./frame/files";

export const label: Area = {
  name: "label",
  files: RUNNING_FILES,
  setup: RUNNING,
  lines: [
    "kubectl label pod talker a=b",
    "kubectl label pod talker a=b",
    "kubectl label pod talker a=c",
    "kubectl label pod talker a=c --overwrite",
    "kubectl label pod talker a-",
    "kubectl label pod talker a-",
    "kubectl label pod talker '_bad=x'",
    "kubectl label pods --all team=blue",
    "kubectl annotate pod talker note='hello world'",
    "kubectl annotate pod talker note-",
  ],
};
