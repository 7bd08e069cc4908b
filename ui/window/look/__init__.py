"""The look: colours, type, icons and signs, said once for boards, tables and panels."""
