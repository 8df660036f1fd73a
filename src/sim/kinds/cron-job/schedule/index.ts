export { nextTime } from "./next";
export { parseSchedule, type Schedule, ScheduleError } from "./parse";
export { isTimeZone, offsetMs } from "./time-zone";
