// USB keys that BIOS reads: which were made here, and the way to another one.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { type MadeUsbKey, usbKeyDoubt, usbKeyRules } from '../../../shared/usbKey.ts'
import { asked } from '../../bridge.ts'
import { useNotice } from '../../noticeStore.ts'
import { kindOf, useSetUp } from '../../setUpStore.ts'
import { counted } from '../../words.ts'
import { Card } from '../Card.tsx'
import { Fold } from '../Fold.tsx'
import { Modal } from '../Modal.tsx'
import { UsbKeyDialog } from './UsbKeyDialog.tsx'

const useStyles = makeStyles({
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 },
  list: { margin: 0, paddingLeft: '20px', lineHeight: tokens.lineHeightBase300 },
  key: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'center' }
})

const keyWords = ({ at, version, computers }: MadeUsbKey): string =>
  `${new Date(at).toLocaleString('en-GB')}: ${computers === null ? 'one record for all computers' : counted(computers, 'computer')}, format ${version}`

/** The keys of one kind of computers, real or practice. */
export function UsbKeyCard({ practice }: { readonly practice: boolean }) {
  const styles = useStyles()
  const means = useSetUp((state) => state.means[kindOf(practice)])
  const [making, setMaking] = useState(false)
  const [said, setSaid] = useState('')
  const [leaving, setLeaving] = useState<MadeUsbKey>()
  const keys = means?.usbKeys ?? []
  const forget = async ({ id }: MadeUsbKey): Promise<void> => {
    setLeaving(undefined)
    useSetUp.getState().take(practice, await asked('setUp.forgetUsbKey', { practice, id }))
  }
  const end = (words: string): void => {
    setMaking(false)
    if (words === '') return
    setSaid(words)
    useNotice.getState().say(words)
  }
  return (
    <Card title="USB key">
      <p className={styles.line}>
        A computer that is started with the key takes its MEBx password from it, and PID and PPS or what it needs to be
        set up by certificate; nobody types anything into MEBx.
      </p>
      <p className={styles.line}>{usbKeyDoubt}</p>
      {said !== '' && <p className={styles.line}>{said}</p>}
      {keys.map((key) => (
        <div key={key.id} className={styles.key} data-usb-key={key.id}>
          {keyWords(key)}
          <Button size="small" onClick={() => setLeaving(key)} aria-label={`Forget the key of ${keyWords(key)}`}>
            Forget
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => setMaking(true)}>Make a USB key file…</Button>
      </div>
      <Fold title="What the key and the computers must be like">
        <ul className={styles.list}>
          {usbKeyRules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </Fold>
      {making && <UsbKeyDialog practice={practice} pairs={means?.pairs.length ?? 0} onEnd={end} />}
      {leaving && (
        <Modal
          title="Forget this key?"
          onCancel={() => setLeaving(undefined)}
          actions={
            <>
              <Button autoFocus onClick={() => setLeaving(undefined)}>
                Cancel
              </Button>
              <Button appearance="primary" onClick={() => void forget(leaving)}>
                Forget
              </Button>
            </>
          }
        >
          {leaving.computers === null
            ? 'The MEBx password that is on it leaves the keychain. Computers that took it keep it: nobody can tell it afterwards.'
            : 'Only its line goes from this list. Its pairs stay with the others, each with its MEBx password.'}
        </Modal>
      )}
    </Card>
  )
}
