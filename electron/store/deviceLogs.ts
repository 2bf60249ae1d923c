// What devices logged themselves, as it was read when their job was done.
import { type DeviceLog, deviceLogSchema } from '../../shared/deviceLog.ts'
import type { Db } from './database.ts'

export interface DeviceLogs {
  of(jobId: string): DeviceLog | undefined
  /** In the place of what was read before. */
  keep(jobId: string, log: DeviceLog): void
}

/** The table of device logs. */
export function deviceLogsIn(db: Db, now: () => number): DeviceLogs {
  const one = db.prepare<[string], { body: string }>('SELECT body FROM device_logs WHERE job_id = ?')
  const put = db.prepare('INSERT OR REPLACE INTO device_logs (job_id, body, at) VALUES (?, ?, ?)')
  return {
    of(jobId) {
      const line = one.get(jobId)
      return line && deviceLogSchema.parse(JSON.parse(line.body))
    },
    keep: (jobId, log) => void put.run(jobId, JSON.stringify(log), now())
  }
}
