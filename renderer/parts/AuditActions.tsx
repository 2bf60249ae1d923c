// What can be done with the audit log: verify it or a file of it, export it signed, archive what is old; and the support bundle.
import {
  Button,
  Field,
  Input,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles
} from '@fluentui/react-components'
import {
  ArchiveRegular,
  ArrowExportRegular,
  DocumentCheckmarkRegular,
  MoreHorizontalRegular,
  PersonSupportRegular,
  ShieldCheckmarkRegular,
  ShieldTaskRegular
} from '@fluentui/react-icons'
import { useState } from 'react'
import type { Chain } from '../../shared/audit.ts'
import { asked } from '../bridge.ts'
import { useNotice } from '../noticeStore.ts'
import { counted } from '../words.ts'
import { Modal } from './Modal.tsx'

const useStyles = makeStyles({ day: { marginTop: '12px', maxWidth: '220px' } })

interface ActionsProps {
  onChain(chain: Chain): void
  /** Something was written to the log, or taken out of it. */
  onChange(said: string): void
}

function ArchiveDialog({ onEnd }: { onEnd(said: string): void }) {
  const styles = useStyles()
  const [day, setDay] = useState('')
  const before = new Date(`${day}T00:00:00`).getTime()
  const archive = async (): Promise<void> => {
    if (Number.isNaN(before)) return
    const answer = await asked('audit.archive', { before })
    onEnd(answer ? `${counted(answer.entries, 'entry', 'entries')} moved to ${answer.file}.` : '')
  }
  return (
    <Modal
      title="Archive older entries?"
      onCancel={() => onEnd('')}
      onSubmit={() => void archive()}
      actions={
        <>
          <Button type="button" onClick={() => onEnd('')}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={Number.isNaN(before)}>
            Save archive
          </Button>
        </>
      }
    >
      Entries from before the day go into a signed file and leave the log; the chain goes on from there and verifies
      with the file and without it. Keep the file: it cannot be made again.
      <Field className={styles.day} label="Before" required>
        <Input type="date" autoFocus value={day} onChange={(_, data) => setDay(data.value)} />
      </Field>
    </Modal>
  )
}

export function AuditActions({ onChain, onChange }: ActionsProps) {
  const [archiving, setArchiving] = useState(false)
  const told = (said: string): void => {
    if (said === '') return
    onChange(said)
    useNotice.getState().say(said)
  }
  const verify = async (name: 'audit.verify' | 'audit.verifyFile'): Promise<void> => {
    const chain = await asked(name, {})
    if (chain) onChain(chain)
  }
  const save = async (name: 'audit.export' | 'audit.saveVerifier' | 'support.save'): Promise<void> => {
    const answer = await asked(name, {})
    if (answer) told(`Saved as ${answer.file}.`)
  }
  return (
    <>
      <Button icon={<ShieldCheckmarkRegular />} onClick={() => void verify('audit.verify')}>
        Verify
      </Button>
      <Button icon={<ArrowExportRegular />} onClick={() => void save('audit.export')}>
        Export
      </Button>
      <Menu inline>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<MoreHorizontalRegular />} aria-label="More about the audit log" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<DocumentCheckmarkRegular />} onClick={() => void verify('audit.verifyFile')}>
              Verify a file
            </MenuItem>
            <MenuItem icon={<ShieldTaskRegular />} onClick={() => void save('audit.saveVerifier')}>
              Save the verifier
            </MenuItem>
            <MenuItem icon={<ArchiveRegular />} onClick={() => setArchiving(true)}>
              Archive older entries
            </MenuItem>
            <MenuItem icon={<PersonSupportRegular />} onClick={() => void save('support.save')}>
              Save a support bundle
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {archiving && (
        <ArchiveDialog
          onEnd={(said) => {
            setArchiving(false)
            told(said)
          }}
        />
      )}
    </>
  )
}
