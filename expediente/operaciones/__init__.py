"""Los verbos de la oficina: cada función junta las capas y no imprime nada."""
