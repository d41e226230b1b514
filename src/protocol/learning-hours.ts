/** Of a schedule: `always`, or the hours of a day such as `22:00-06:00`. */
export const schedulePattern = "^(always|([01]?\\d|2[0-3]):[0-5]\\d-([01]?\\d|2[0-3]):[0-5]\\d)$";

/**
 * When learning may go on by a schedule, in milliseconds since 1970; undefined where it may now, and by what is no
 * schedule. Hours are those of this machine's clock, and may pass midnight; one that ends when it begins lasts all day.
 */
export function learningHoursBegin(schedule: string, nowMs: number): number | undefined {
  const hours = /^(\d+):(\d+)-(\d+):(\d+)$/.exec(schedule)?.slice(1).map(Number);
  if (hours === undefined) return undefined;
  const [startHour = 0, startMinute = 0, endHour = 0, endMinute = 0] = hours;
  const [start, end] = [60 * startHour + startMinute, 60 * endHour + endMinute];
  const time = new Date(nowMs);
  const now = 60 * time.getHours() + time.getMinutes();
  const isOpen = start < end ? start <= now && now < end : start <= now || now < end;
  if (isOpen) return undefined;
  // By the calendar: a day may have 23 hours or 25.
  if (now >= start) time.setDate(time.getDate() + 1);
  return time.setHours(startHour, startMinute, 0, 0);
}
