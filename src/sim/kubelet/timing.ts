/** How long a node agent takes for its steps, in milliseconds of lab time. */

/** A bound pod is seen by its kubelet's watch. */
export const ADMISSION_MS = 10;
/** The volume manager's reconciler polls every 300 ms. */
export const MOUNT_MS = 300;
/** A failed mount is tried again after this, doubled each time up to the limit. */
export const MOUNT_RETRY_MS = 500;
export const MOUNT_RETRY_LIMIT_MS = 122_000;
/** Network namespace, CNI and pause container. */
export const SANDBOX_MS = 420;
export const CREATE_CONTAINER_MS = 70;
export const START_CONTAINER_MS = 90;
/** The pod lifecycle event generator lists the containers of a node once a second. */
export const RELIST_MS = 1000;
/** A sync that ended in an error is repeated after 10–15 s upstream. */
export const SYNC_RETRY_MS = 12_000;
/** Back-offs of pulls and restarts: from, to, and after how long without one they start anew. */
export const BACKOFF_BASE_MS = 10_000;
export const BACKOFF_LIMIT_MS = 300_000;
export const BACKOFF_RESET_MS = 600_000;
/** ConfigMap and Secret volumes follow their object with the kubelet's next sync of the pod. */
export const VOLUME_REFRESH_MS = 60_000;
/** Containers always get this much after SIGTERM, however late. */
export const MINIMUM_GRACE_MS = 2000;
/** From the last container's end to the pod's object gone: sandbox, volumes and cgroups are torn down. */
export const TEARDOWN_MS = 800;
/** A node that was powered on again has its kubelet working. */
export const BOOT_MS = 15_000;
/** Registry round trips of a pull whose layers are there already. */
export const MANIFEST_CHECK_MS = 480;
export const QUEUED_CHECK_MS = 60;
/** Bytes a millisecond that a node pulls and unpacks. */
export const PULL_BYTES_PER_MS = 25_000;
/** A name that no registry has is known to be so after this. */
export const PULL_FAILURE_MS = 1150;
