// Results of one computer that differ, side by side, with a button under each.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { changeWords, standing } from '../../../shared/change.ts'
import type { Conflict, Side } from '../../../shared/contract/packs.ts'
import { stateTitle } from '../../../shared/outcome.ts'
import { useNotice } from '../../noticeStore.ts'
import { usePacks } from '../../packStore.ts'
import { counted, dateTime } from '../../words.ts'
import { Card } from '../Card.tsx'

const useStyles = makeStyles({
  sides: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: '12px'
  },
  side: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    padding: '10px 12px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    minWidth: 0,
    overflowWrap: 'anywhere'
  },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  changes: { margin: 0, paddingLeft: '18px', flexGrow: 1 }
})

const mostChanges = 8

function SideCard({ side, busy, onChoose }: { readonly side: Side; readonly busy: boolean; onChoose(): void }) {
  const styles = useStyles()
  const { name, mine, state, problem, endedAt, attempts, facts, secrets } = side
  const changes = standing(facts.changes)
  const device = [
    facts.amtVersion === undefined ? undefined : `AMT ${facts.amtVersion}`,
    facts.endpoint,
    facts.account === undefined ? undefined : `logged in with ${facts.account}`
  ].filter((text) => text !== undefined)
  return (
    <section className={styles.side} data-side={mine ? 'mine' : 'theirs'} aria-label={name}>
      <h3 className={styles.name}>{name}</h3>
      <div>
        {stateTitle(state, 'takenOver')}
        {problem === null ? '' : `: ${problem.title}`}
      </div>
      <div className={styles.quiet}>
        {endedAt === null ? 'No end noted' : dateTime(endedAt)} · {counted(attempts, 'attempt')} ·{' '}
        {counted(secrets, 'new secret')}
      </div>
      <div className={styles.quiet}>{device.join(' · ')}</div>
      <ul className={styles.changes}>
        {changes.slice(0, mostChanges).map((change) => (
          <li key={`${change.step} ${change.key}`}>{changeWords(change)}</li>
        ))}
        {changes.length > mostChanges && <li>and {counted(changes.length - mostChanges, 'further change')}</li>}
      </ul>
      <div>
        <Button disabled={busy} onClick={onChoose} aria-label={`This one is true: ${name}`}>
          This one is true
        </Button>
      </div>
    </section>
  )
}

export function ConflictCard({ conflict }: { readonly conflict: Conflict }) {
  const styles = useStyles()
  const [busy, setBusy] = useState(false)
  const { planId, guid, computer, source, sides } = conflict
  const choose = async ({ origin, name }: Side): Promise<void> => {
    setBusy(true)
    const chosen = await usePacks.getState().resolve(planId, guid, origin)
    setBusy(false)
    if (chosen) useNotice.getState().say(`${computer}: the result of ${name} counts.`)
  }
  return (
    <Card title={`${computer}, ${source}`}>
      <div className={styles.quiet}>
        {guid}. Both changed this computer. The passwords of all sides stay in the keychain; a retry from the Progress
        page finds out which one it takes.
      </div>
      <div className={styles.sides} data-conflict={guid}>
        {sides.map((side) => (
          <SideCard key={side.origin} side={side} busy={busy} onChoose={() => void choose(side)} />
        ))}
      </div>
    </Card>
  )
}
