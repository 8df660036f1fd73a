import { CliError, isNotFound } from "../errors";
import type { Session } from "../session";
import { collectionOf, type Info, pathOf } from "./info";

/** Waits until an object (that very one, by its uid) is gone. `timeoutMs` 0 or less: as long as it takes. */
export async function waitUntilGone(
  session: Session,
  info: Pick<Info, "resource" | "namespace" | "name">,
  uid: string | undefined,
  timeoutMs = 0,
): Promise<void> {
  const deadlineMs = timeoutMs > 0 ? session.nowMs + timeoutMs : Number.POSITIVE_INFINITY;
  for (;;) {
    let current: any;
    try {
      current = await session.client.get(pathOf(info));
    } catch (error) {
      if (isNotFound(error)) return;
      throw error;
    }
    if (uid && current.metadata?.uid !== uid) return;
    await nextChange(session, info, current.metadata.resourceVersion, deadlineMs);
    if (session.nowMs >= deadlineMs)
      throw new CliError(`timed out waiting for the condition on ${info.resource.plural}/${info.name}`);
  }
}

/** Resolves with the next event of one object, or without one at the deadline. */
export async function nextChange(
  session: Session,
  info: Pick<Info, "resource" | "namespace" | "name">,
  resourceVersion: string,
  deadlineMs: number,
): Promise<{ type: string; object: any } | undefined> {
  let stop = () => {};
  const event = new Promise<{ type: string; object: any } | undefined>((resolve) => {
    const query = { fieldSelector: `metadata.name=${info.name}`, resourceVersion };
    const watch = session.client.watch(
      collectionOf(info),
      query,
      (each) => {
        if (each.type !== "BOOKMARK") resolve(each as { type: string; object: any });
      },
      () => resolve(undefined),
    );
    stop = () => watch.stop();
  });
  try {
    if (!Number.isFinite(deadlineMs)) return await session.tool.wait(event);
    return await session.tool.wait(
      Promise.race([event, session.tool.sleep(Math.max(0, deadlineMs - session.nowMs)).then(() => undefined)]),
    );
  } finally {
    stop();
  }
}
