// How a running import goes on: how many at once, how fast, how long silent computers are looked for and done ones looked at.
import { Button, Checkbox, makeStyles } from '@fluentui/react-components'
import { TopSpeedRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Import } from '../../shared/contract/views.ts'
import { mostAtOnce, type Running } from '../../shared/running.ts'
import { asked } from '../bridge.ts'
import { takeImport } from '../jobsStore.ts'
import { useNotice } from '../noticeStore.ts'
import { Modal } from './Modal.tsx'
import { NumberField } from './NumberField.tsx'

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    alignItems: 'start',
    gap: '12px 16px'
  },
  wide: { gridColumn: '1 / -1' }
})

interface Field {
  readonly key: 'parallel' | 'perSubnet' | 'perSecond' | 'awakeHours' | 'looksPerMinute' | 'watchMinutes'
  readonly label: string
  readonly hint?: string
  readonly unit?: string
  readonly min: number
  readonly max: number
  readonly whole?: boolean
  readonly empty?: string
}

const fields: readonly Field[] = [
  { key: 'parallel', label: 'Computers at once', min: 1, max: mostAtOnce, whole: true, empty: 'as planned' },
  {
    key: 'perSubnet',
    label: 'At once in one subnet',
    min: 1,
    max: mostAtOnce,
    whole: true,
    empty: 'as many as at once'
  },
  { key: 'perSecond', label: 'New ones begun in a second', min: 0.1, max: 100, empty: 'as fast as there is room' },
  /** In hours; less than one is given in minutes. */
  { key: 'awakeHours', label: 'Silent computers are looked for', hint: '0 = not at all.', min: 0, max: 720 },
  { key: 'looksPerMinute', label: 'Looks for them in a minute', min: 1, max: 600, whole: true },
  {
    key: 'watchMinutes',
    label: 'Done ones are looked at again for',
    hint: 'Whether the old manager takes them back. 0 = not at all.',
    unit: 'minutes',
    min: 0,
    max: 1440
  }
]

/** What silent computers are looked for in: their unit, and how many of it are an hour. */
const hours = { unit: 'hours', per: 1 }
const minutes = { unit: 'minutes', per: 60 }

function PaceDialog({ current, onEnd }: { readonly current: Import; onEnd(): void }) {
  const styles = useStyles()
  const [running, setRunning] = useState(current.running)
  const { awakeHours } = current.running
  const [awakeUnit] = useState(awakeHours > 0 && awakeHours < 1 ? minutes : hours)
  const put = (change: Partial<Running>): void => setRunning((before) => ({ ...before, ...change }))
  const keep = async (): Promise<void> => {
    onEnd()
    takeImport(await asked('import.pace', { importId: current.id, running }))
    useNotice.getState().say('The pace was changed.')
  }
  return (
    <Modal
      title="Pace of this import"
      onCancel={onEnd}
      onSubmit={() => void keep()}
      actions={
        <>
          <Button type="button" onClick={onEnd}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary">
            Keep
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {fields.map(({ key, ...field }) => {
          const { unit = field.unit, per } = key === 'awakeHours' ? awakeUnit : { per: 1 }
          const value = running[key]
          return (
            <NumberField
              key={key}
              {...field}
              {...(unit !== undefined && { unit })}
              max={field.max * per}
              value={value === null ? null : Number((value * per).toFixed(2))}
              onChange={(next) => put({ [key]: next === null ? null : next / per })}
            />
          )
        })}
        <Checkbox
          className={styles.wide}
          label="Fewer at once while answers come late or connections break"
          checked={running.adapt}
          onChange={(_, data) => put({ adapt: data.checked === true })}
        />
        <Checkbox
          className={styles.wide}
          label="One computer first, then five, then the rest; pause when many fail for the same reason"
          checked={running.canary === true}
          onChange={(_, data) => put({ canary: data.checked === true })}
        />
      </div>
    </Modal>
  )
}

/** The button that opens it. */
export function PaceButton({ current }: { readonly current: Import }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button appearance="subtle" icon={<TopSpeedRegular />} onClick={() => setOpen(true)}>
        Pace…
      </Button>
      {open && <PaceDialog current={current} onEnd={() => setOpen(false)} />}
    </>
  )
}
