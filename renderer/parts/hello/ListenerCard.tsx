// The hello listener: where it listens, start and stop, what came in, and why it could not be started.
import { Button, Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { PlayRegular, RecordStopRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { helloPort, type ListenerState } from '../../../shared/contract/outOfBand.ts'
import { useHello } from '../../helloStore.ts'
import { clockTime, counted, number } from '../../words.ts'
import { Card } from '../Card.tsx'
import { NumberField } from '../NumberField.tsx'
import { ProblemWords } from '../ProblemStrip.tsx'
import { Badge } from '../tones.tsx'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  state: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center' },
  address: { width: '240px', maxWidth: '100%' },
  port: { width: '110px' },
  problem: {
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorStatusDangerBorder2}`,
    overflowWrap: 'anywhere'
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 }
})

/** "12 messages; 3 others turned away" */
function tallyWords({ tally }: ListenerState): string {
  const others = tally.strangers === 0 ? '' : `; ${counted(tally.strangers, 'connection')} said something else`
  const refused = tally.refused === 0 ? '' : `; ${number(tally.refused)} closed unread, too many at once`
  return `${counted(tally.hellos, 'message')}${others}${refused}`
}

function Running({ listener }: { readonly listener: ListenerState }) {
  const styles = useStyles()
  const { address, port, since } = listener
  const where = listener.practice ? 'this PC only' : address === '' ? 'all addresses of this PC' : address
  return (
    <div className={styles.state}>
      <Badge tone="done">Listening</Badge>
      <span>
        {where}, port {port}, since {since === null ? '' : clockTime(since)}
      </span>
      <span className={styles.quiet} data-tally>
        {tallyWords(listener)}
      </span>
      <Button icon={<RecordStopRegular />} onClick={() => void useHello.getState().stop()}>
        Stop listening
      </Button>
    </div>
  )
}

function Stopped({ listener, practice }: { readonly listener: ListenerState; readonly practice: boolean }) {
  const styles = useStyles()
  const [address, setAddress] = useState(listener.practice ? '' : listener.address)
  const [port, setPort] = useState<number | null>(listener.port)
  const [starting, setStarting] = useState(false)
  const start = async (): Promise<void> => {
    setStarting(true)
    await useHello.getState().start({ address, port: port ?? helloPort, practice })
    setStarting(false)
  }
  return (
    <form
      className={styles.bar}
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <Checkbox
        label="Practise: only pretend computers on this PC call"
        checked={practice}
        onChange={(_, { checked }) => useHello.getState().show({ practice: checked === true, ignored: false })}
      />
      {!practice && (
        <Field label="Address of this PC">
          <Input
            className={styles.address}
            value={address}
            placeholder="all of them"
            spellCheck={false}
            maxLength={64}
            onChange={(_, { value }) => setAddress(value)}
          />
        </Field>
      )}
      <div className={styles.port}>
        <NumberField label="Port" value={port} min={1} max={65_535} whole onChange={setPort} />
      </div>
      <Button type="submit" appearance="primary" icon={<PlayRegular />} disabled={starting}>
        Listen
      </Button>
    </form>
  )
}

export function ListenerCard({ listener }: { readonly listener: ListenerState }) {
  const styles = useStyles()
  const practice = useHello((state) => state.practice)
  return (
    <Card title="Hello listener">
      {listener.on ? <Running listener={listener} /> : <Stopped listener={listener} practice={practice} />}
      {listener.problem !== null && (
        <div className={styles.problem} role="alert" data-problem={listener.problem.code}>
          <ProblemWords problem={listener.problem} />
        </div>
      )}
    </Card>
  )
}
