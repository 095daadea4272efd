"""Las situaciones en que puede estar cualquier caso; cada procedimiento añade las suyas."""

SITUACIONES: dict[str, str] = {
    "en_tramite": "En trámite",
    "concluido": "Concluido",
    "negado": "Negado",
    "improcedente": "Improcedente",
    "cancelado": "Cancelado",
    "archivado": "Archivado",
}
