export const CONTROLLER = "cronjob-controller";
export const CRON_JOBS = "cronjobs.batch";
export const JOBS = "jobs.batch";
