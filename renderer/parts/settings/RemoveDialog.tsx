// Removing everything: what is lost is said in numbers, a word has to be typed, and passwords are given up by name.
import { Button, Checkbox, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { Accepted, Kept } from '../../../shared/contract/settings.ts'
import type { Problem } from '../../../shared/problem.ts'
import { useSettings } from '../../settingsStore.ts'
import { counted } from '../../words.ts'
import { Modal } from '../Modal.tsx'
import { ProblemStrip } from '../ProblemStrip.tsx'

const useStyles = makeStyles({ body: { display: 'flex', flexDirection: 'column', gap: '12px' }, line: { margin: 0 } })

const word = 'remove'

export function RemoveDialog({ kept, onEnd }: { readonly kept: Kept; onEnd(): void }) {
  const styles = useStyles()
  const [typed, setTyped] = useState('')
  const [inUse, setInUse] = useState(false)
  const [unproved, setUnproved] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const given = (kept.inUse === 0 || inUse) && (kept.unproved === 0 || unproved)
  const ready = typed.trim().toLowerCase() === word && given
  const accepted: Accepted = kept.unproved > 0 ? 'unproved' : kept.inUse > 0 ? 'passwords' : 'nothing'
  const remove = async (): Promise<void> => {
    if (!ready) return
    const refused = await useSettings.getState().remove(accepted)
    if (refused) setProblem(refused)
    else onEnd()
  }
  return (
    <Modal
      title="Remove everything from this computer?"
      onCancel={onEnd}
      onSubmit={() => void remove()}
      actions={
        <>
          <Button type="button" autoFocus onClick={onEnd}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={!ready}>
            Remove everything
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {problem !== undefined && <ProblemStrip problem={problem} assertive />}
        <p className={styles.line}>
          Imports, drafts, the audit log, logs and settings go, and the entries in the keychain. Computers that were
          taken over stay as they are. Export the audit log and the passwords first if anybody may ask for them.
        </p>
        {kept.inUse > 0 && (
          <Checkbox
            label={`The passwords of ${counted(kept.inUse, 'computer')} may be lost: they are kept elsewhere, or not needed any more.`}
            checked={inUse}
            onChange={(_, { checked }) => setInUse(checked === true)}
          />
        )}
        {kept.unproved > 0 && (
          <Checkbox
            label={`The new passwords of ${counted(kept.unproved, 'computer')} may be lost, although no login has proved them: perhaps nobody gets into these computers again.`}
            checked={unproved}
            onChange={(_, { checked }) => setUnproved(checked === true)}
          />
        )}
        <Field label={`Type the word ${word}`} required>
          <Input value={typed} autoComplete="off" onChange={(_, { value }) => setTyped(value)} />
        </Field>
      </div>
    </Modal>
  )
}
