// A card whose content folds out: what most people need not see.
import { Button, makeStyles } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { type ReactNode, useId, useState } from 'react'
import { Card } from './Card.tsx'

const useStyles = makeStyles({ button: { alignSelf: 'flex-start', marginLeft: '-8px' } })

export function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <Card>
      <Button
        appearance="subtle"
        size="small"
        className={styles.button}
        icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {title}
      </Button>
      <div id={id} hidden={!open}>
        {open && children}
      </div>
    </Card>
  )
}
