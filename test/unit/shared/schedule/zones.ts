// Zones for the planner's tests: summer time as steps, so that no test depends on the zone of the computer it runs on.
import type { Offset } from '../../../../shared/schedule/openings.ts'

const steps = (winter: number, summer: number, changes: readonly string[]): Offset => {
  const at = changes.map((text) => Date.parse(text))
  return (now) => (at.filter((change) => change <= now).length % 2 === 0 ? winter : summer)
}

/** Each list begins and ends summer time in turn. */
export const zones: Readonly<Record<'utc' | 'kolkata' | 'berlin' | 'newYork' | 'lordHowe', Offset>> = {
  utc: () => 0,
  kolkata: () => 330,
  berlin: steps(60, 120, ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2027-03-28T01:00Z', '2027-10-31T01:00Z']),
  newYork: steps(-300, -240, ['2026-03-08T07:00Z', '2026-11-01T06:00Z', '2027-03-14T07:00Z', '2027-11-07T06:00Z']),
  // Southern, and only half an hour: the year begins in summer.
  lordHowe: steps(660, 630, ['2026-04-04T15:00Z', '2026-10-03T15:30Z', '2027-04-03T15:00Z', '2027-10-02T15:30Z'])
}
