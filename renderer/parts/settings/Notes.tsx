interface NotesProps {
  /** Of the control, which is described by `<id>-hint`. */
  id: string;
  hint: string | undefined;
  fault: string | undefined;
}

/** What is said beneath a control: about it, and what went wrong with it. */
export function Notes({ id, hint, fault }: NotesProps) {
  return (
    <>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {fault !== undefined && (
        <span className="fault" role="alert">
          {fault}
        </span>
      )}
    </>
  );
}
