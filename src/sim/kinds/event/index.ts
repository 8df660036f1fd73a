import type { KindDefinition } from "../../apiserver/kind";
import { eventColumns, eventRow } from "./table";
import { validateEvent } from "./validation";

export const event: KindDefinition = {
  group: "",
  version: "v1",
  kind: "Event",
  plural: "events",
  singular: "event",
  shortNames: ["ev"],
  namespaced: true,
  setDefaults(draft) {
    draft.eventTime ??= null;
    draft.firstTimestamp ??= null;
    draft.lastTimestamp ??= null;
    draft.reportingComponent ??= "";
    draft.reportingInstance ??= "";
    draft.source ??= {};
    draft.involvedObject ??= {};
  },
  validate: validateEvent,
  columns: eventColumns,
  row: eventRow,
  selectableFields(event) {
    const involved = event.involvedObject ?? {};
    return {
      "involvedObject.kind": involved.kind ?? "",
      "involvedObject.namespace": involved.namespace ?? "",
      "involvedObject.name": involved.name ?? "",
      "involvedObject.uid": involved.uid ?? "",
      "involvedObject.apiVersion": involved.apiVersion ?? "",
      "involvedObject.resourceVersion": involved.resourceVersion ?? "",
      "involvedObject.fieldPath": involved.fieldPath ?? "",
      reason: event.reason ?? "",
      reportingComponent: event.reportingComponent ?? "",
      source: event.source?.component || event.reportingComponent || "",
      type: event.type ?? "",
    };
  },
};
