import { describe, expect, it } from "vitest";
import { fromZoneText, toZoneText } from "./zone-time";

describe("times of a class's zone", () => {
  it.each([
    ["2026-11-25T09:00", "Asia/Taipei", "2026-11-25T01:00:00.000Z"],
    ["2026-07-01T23:59", "Europe/Berlin", "2026-07-01T21:59:00.000Z"],
    ["2026-12-31T00:30", "America/New_York", "2026-12-31T05:30:00.000Z"],
    ["2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-06-01T12:00", "UTC", "2026-06-01T12:00:00.000Z"],
  ])("%s in %s is %s", (text, zone, moment) => {
    expect(fromZoneText(text, zone)?.toISOString()).toBe(moment);
    expect(toZoneText(new Date(moment), zone)).toBe(text);
  });

  it("are none where the field is empty or no time", () => {
    expect(fromZoneText("", "UTC")).toBeNull();
    expect(fromZoneText("soon", "UTC")).toBeUndefined();
    expect(toZoneText(undefined, "UTC")).toBe("");
  });
});
