// What a device had in its own audit log when its work was done; read when somebody wants to see it.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { HistoryRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { type DeviceLog, deviceRecordWords } from '../../shared/deviceLog.ts'
import type { Job } from '../../shared/job.ts'
import { asked } from '../bridge.ts'
import { counted, dateTime } from '../words.ts'

const useStyles = makeStyles({
  list: { margin: '4px 0 0', paddingLeft: '20px', fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' }
})

const wordsOf = (log: DeviceLog | null): string => {
  if (log === null) return 'This device has no audit log of its own, or did not let it be read.'
  if (log.total === 0) return 'The device’s own audit log is empty.'
  return `${counted(log.total, 'record')} in the device’s own audit log${log.records.length < log.total ? `; the newest ${log.records.length}` : ''}, by its own clock:`
}

export function DeviceLogList({ importId, job }: { readonly importId: string; readonly job: Job }) {
  const styles = useStyles()
  const [log, setLog] = useState<DeviceLog | null>()
  const read = async (): Promise<void> => {
    const answer = await asked('device.log', { importId, jobId: job.id })
    if (answer !== undefined) setLog(answer.log)
  }
  if (log === undefined) {
    return (
      <Button
        size="small"
        icon={<HistoryRegular />}
        aria-label={`What ${job.computer.name} logged itself`}
        onClick={() => void read()}
      >
        What it logged itself
      </Button>
    )
  }
  return (
    <div role="status" data-device-log={log?.total ?? 'none'}>
      {wordsOf(log)}
      {log !== null && log.records.length > 0 && (
        <ol className={styles.list} reversed>
          {log.records.toReversed().map((record, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: records have no name of their own and never move.
            <li key={at}>
              {dateTime(record.at)}: {deviceRecordWords(record)}
              {record.who !== '' && `, by ${record.who}`}
              {record.from !== '' && ` from ${record.from}`}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
