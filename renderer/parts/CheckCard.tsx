// The dry run on the Summary page: look at every computer, change nothing, and say what the take-over would meet and do.
import { Button, MessageBar, MessageBarBody, makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import { SearchRegular, StopRegular } from '@fluentui/react-icons'
import { useEffect } from 'react'
import type { Plan } from '../../shared/plan.ts'
import { useCheck } from '../checkStore.ts'
import { useCurrentDraft } from '../draftStore.ts'
import { counted, duration, number } from '../words.ts'
import { Card } from './Card.tsx'
import { CheckResults } from './CheckResults.tsx'

const useStyles = makeStyles({
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px' }
})

function headline(plan: Plan, now: number): string {
  if (plan.running) return `${number(plan.checked)} of ${number(plan.total)} checked`
  if (plan.since === null) return 'Not checked yet.'
  const age = duration(now - plan.since)
  return `${number(plan.ready)} of ${counted(plan.total, 'computer')} ready, checked ${age} ago.`
}

export function CheckCard() {
  const styles = useStyles()
  const { id, counts } = useCurrentDraft()
  const { draftId, plan, open, start, stop } = useCheck()
  useEffect(() => void open(id), [id, open])
  const shown = draftId === id ? plan : null
  const again = shown !== null && shown.checked > 0
  return (
    <Card title="Check without changing anything">
      <p className={styles.line}>
        Looks at each computer as the take-over would: whether it answers, which password fits, whether it is the one of
        the row, and what would change. It logs in with the same few tries and writes nothing.
      </p>
      <div className={styles.head}>
        {shown?.running === true ? (
          <Button icon={<StopRegular />} onClick={() => void stop()}>
            Stop checking
          </Button>
        ) : (
          <Button icon={<SearchRegular />} disabled={counts.ready === 0} onClick={() => void start()}>
            {again ? 'Check again' : 'Check'}
          </Button>
        )}
        {shown !== null && <span data-check-headline>{headline(shown, Date.now())}</span>}
      </div>
      {shown?.running === true && (
        <ProgressBar aria-label="Computers checked" value={shown.checked} max={Math.max(1, shown.total)} />
      )}
      {shown !== null && shown.stale > 0 && !shown.running && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {counted(shown.stale, 'result')} rest on an older list, profile or set of accounts. Check again.
          </MessageBarBody>
        </MessageBar>
      )}
      {shown !== null && shown.checked > 0 && <CheckResults plan={shown} />}
    </Card>
  )
}
