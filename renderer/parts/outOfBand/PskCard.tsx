// Pairs of PID and PPS: how many are kept, lists in and out, new ones. A PPS is never shown here.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { dashed, type Pair } from '../../../shared/setUp.ts'
import { asked } from '../../bridge.ts'
import { useNotice } from '../../noticeStore.ts'
import { kindOf, useSetUp } from '../../setUpStore.ts'
import { counted } from '../../words.ts'
import { Card } from '../Card.tsx'
import { Fold } from '../Fold.tsx'
import { Modal } from '../Modal.tsx'
import { NumberField } from '../NumberField.tsx'

const useStyles = makeStyles({
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 },
  bar: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  count: { width: '110px' },
  list: { margin: 0, paddingLeft: '20px', lineHeight: tokens.lineHeightBase400, maxHeight: '240px', overflowY: 'auto' },
  pid: { fontFamily: tokens.fontFamilyMonospace }
})

const shown = 200

function Pairs({ pairs }: { readonly pairs: readonly Pair[] }) {
  const styles = useStyles()
  return (
    <Fold title={`The PIDs (${counted(pairs.length, 'pair')})`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard. */}
      <ul className={styles.list} tabIndex={0} aria-label="PIDs">
        {pairs.slice(0, shown).map(({ pid, source }) => (
          <li key={pid}>
            <span className={styles.pid}>{dashed(pid)}</span>, {source}
          </li>
        ))}
      </ul>
      {pairs.length > shown && <p className={styles.line}>And {pairs.length - shown} more.</p>}
    </Fold>
  )
}

/** The pairs of one kind of computers, real or practice. */
export function PskCard({ practice }: { readonly practice: boolean }) {
  const styles = useStyles()
  const means = useSetUp((state) => state.means[kindOf(practice)])
  const [count, setCount] = useState<number | null>(10)
  const [asking, setAsking] = useState<'print' | 'forget'>()
  const { take } = useSetUp.getState()
  useEffect(() => void useSetUp.getState().read(practice), [practice])
  const pairs = means?.pairs ?? []

  const print = async (): Promise<void> => {
    setAsking(undefined)
    const saved = await asked('setUp.printPairs', { practice })
    if (saved) useNotice.getState().say(`Saved as ${saved.file}.`)
  }
  const forget = async (): Promise<void> => {
    setAsking(undefined)
    take(practice, await asked('setUp.forgetPairs', { practice, pids: pairs.map(({ pid }) => pid) }))
  }
  return (
    <Card title="PID and PPS">
      <p className={styles.line}>
        AMT up to version 10 can be set up by a pair instead: a PID of 8 and a PPS of 32 letters and digits, typed into
        MEBx, given by a USB key or set by the maker. AMT 11 removed it. The PPS are kept in the keychain and never
        shown.
      </p>
      <p className={styles.line}>
        {pairs.length === 0 ? 'No pair is here.' : `${counted(pairs.length, 'pair')} kept.`}
      </p>
      {pairs.length > 0 && <Pairs pairs={pairs} />}
      <div className={styles.bar}>
        <Button onClick={() => void asked('setUp.importPairs', { practice }).then((taken) => take(practice, taken))}>
          Import a list or setup.bin…
        </Button>
        <div className={styles.count}>
          <NumberField label="New pairs" value={count} min={1} max={1000} whole onChange={setCount} />
        </div>
        <Button
          disabled={count === null}
          onClick={() =>
            void asked('setUp.generatePairs', { practice, count: count ?? 1 }).then((made) => take(practice, made))
          }
        >
          Make them
        </Button>
        <Button disabled={pairs.length === 0} onClick={() => setAsking('print')}>
          Save as a list…
        </Button>
        <Button disabled={pairs.length === 0} onClick={() => setAsking('forget')}>
          Remove all
        </Button>
      </div>
      {asking !== undefined && (
        <Modal
          title={asking === 'print' ? 'Save PID and PPS in clear?' : `Remove ${counted(pairs.length, 'pair')}?`}
          onCancel={() => setAsking(undefined)}
          actions={
            <>
              <Button autoFocus onClick={() => setAsking(undefined)}>
                Cancel
              </Button>
              <Button appearance="primary" onClick={() => void (asking === 'print' ? print() : forget())}>
                {asking === 'print' ? 'Save in clear' : 'Remove'}
              </Button>
            </>
          }
        >
          {asking === 'print'
            ? 'The file holds every PPS readably. Whoever has it can set these computers up in your place. Print it, type the pairs into MEBx, and destroy it; the audit log keeps that it was written.'
            : 'Computers that carry one of these pairs cannot be set up by it from here any more.'}
        </Modal>
      )}
    </Card>
  )
}
