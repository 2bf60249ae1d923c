// The footer while an import is watched: pause, resume, stop, retry, and on to the confirmation.
import { Button, makeStyles } from '@fluentui/react-components'
import { ArrowClockwiseRegular, PauseRegular, PlayRegular, RecordStopRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Import } from '../../shared/contract/views.ts'
import { asked } from '../bridge.ts'
import { takeImport, useJobs } from '../jobsStore.ts'
import { usePlace } from '../placeStore.ts'
import { FooterBar } from './FooterBar.tsx'
import { useLeftOut } from './useLeftOut.ts'

const hints: Readonly<Record<Import['state'], string>> = {
  running: 'It is safe to close this window: the work goes on when it opens again.',
  paused: 'Paused: steps already begun are finished, no new computer is begun.',
  stopped: 'Stopped: what was not begun stays as it is.',
  finished: 'Nothing is running any more.'
}

const useStyles = makeStyles({
  // As wide as Finish and Cancel: so Next stands where Start stood, and pressing that twice presses nothing else.
  leave: { minWidth: '200px', '@media (max-width: 900px)': { minWidth: 'auto' } }
})

type Act = 'import.pause' | 'import.resume' | 'import.stop'

/** Runs one ask at a time, so that a double press does nothing twice. */
function useActs(importId: string): { busy: boolean; act(name: Act): void; retry(): void } {
  const [busy, setBusy] = useState(false)
  const run = async (asking: Promise<Import | undefined>): Promise<void> => {
    setBusy(true)
    takeImport(await asking)
    setBusy(false)
  }
  return {
    busy,
    act: (name) => void run(asked(name, { importId })),
    retry: () => void run(asked('import.retry', { importId, jobIds: null }))
  }
}

function ProgressActions({ current }: { readonly current: Import }) {
  const styles = useStyles()
  const { busy, act, retry } = useActs(current.id)
  const { state, totals } = current
  const alive = state === 'running' || state === 'paused'
  const left = useLeftOut(current)
  const open = totals.person + (state === 'stopped' ? totals.stopped : 0)
  const retryable = open - left.reduce((sum, each) => sum + each.count, 0)
  const hint =
    current.problem === null ? hints[state] : 'Paused by itself: see above what many computers have in common.'
  return (
    <FooterBar hint={hint}>
      {retryable > 0 && (
        <Button icon={<ArrowClockwiseRegular />} disabled={busy} onClick={retry}>
          {state === 'stopped' ? 'Go on with what is left' : 'Retry all that need you'}
        </Button>
      )}
      {state === 'running' && (
        <Button icon={<PauseRegular />} disabled={busy} onClick={() => act('import.pause')}>
          Pause
        </Button>
      )}
      {state === 'paused' && (
        <Button icon={<PlayRegular />} appearance="primary" disabled={busy} onClick={() => act('import.resume')}>
          Resume
        </Button>
      )}
      {alive && (
        <Button icon={<RecordStopRegular />} disabled={busy} onClick={() => act('import.stop')}>
          Stop after current steps
        </Button>
      )}
      <Button
        appearance={alive ? 'secondary' : 'primary'}
        disabled={alive}
        onClick={() => usePlace.getState().showPage('confirmation')}
      >
        Next
      </Button>
      <Button
        appearance="subtle"
        className={styles.leave}
        title="Back to the start page; the work goes on"
        onClick={() => void usePlace.getState().toStart()}
      >
        Start page
      </Button>
    </FooterBar>
  )
}

export function ImportActions({ page }: { readonly page: 'progress' | 'confirmation' }) {
  const current = useJobs((state) => state.import)
  const { showPage, toStart } = usePlace.getState()
  if (page === 'progress')
    return current === null ? <FooterBar hint="">{null}</FooterBar> : <ProgressActions current={current} />
  return (
    <FooterBar hint="The audit log keeps what was done, with who and when.">
      <Button onClick={() => showPage('progress')}>Back</Button>
      <Button appearance="primary" onClick={() => void toStart()}>
        Back to Start
      </Button>
    </FooterBar>
  )
}
