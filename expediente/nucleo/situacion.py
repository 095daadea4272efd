"""Las situaciones en que puede estar cualquier caso; cada procedimiento añade las suyas."""

SITUACIONES: dict[str, str] = {
    "en_tramite": "En trámite",
    "concluido": "Concluido",
    "negado": "Negado",
    "improcedente": "Improcedente",
    "suspendido": "Suspendido",
    "en_prevencion": "En prevención",
    "desistido": "Desistido",
    "cancelado": "Cancelado",
    "caducado": "Caducado",
    "desechado": "Desechado",
    "incompetencia": "Declinado por incompetencia",
    "acumulado": "Acumulado a otro expediente",
    "fallecimiento": "Concluido por fallecimiento",
    "archivado": "Archivado",
}
