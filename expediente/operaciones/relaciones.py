"""La relación que un corte imprime: si su definición sirve, de qué casos es y qué dice."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from expediente.almacen import carpetas, lotes
from expediente.almacen.oficina import claves_de
from expediente.almacen.reglas import procedimiento_vigente
from expediente.documentos.csv_de_excel import hoja_para_excel
from expediente.documentos.redaccion import campos_de_la_oficina
from expediente.nucleo.celda import como_celda
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.corte import Corte, Rubrica
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoExiste, sugerencia
from expediente.nucleo.fecha import dia_y_fecha, momento_en_palabras
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.lista_del_corte import Esperado
from expediente.nucleo.lote import vigentes_de
from expediente.nucleo.nombres_de_condiciones import nombres_de_hechos
from expediente.nucleo.revision import Problema
from expediente.operaciones.asunto import Asunto
from expediente.operaciones.carpeta_de_plantillas import plantilla_de, ruta_de_plantilla
from expediente.operaciones.listas import Filtro, listar
from expediente.operaciones.ventanilla import Ventanilla

# Lo que la relación y la conciliación saben además de los hechos del caso.
PROPIOS = {"folio", "adheridos", "adheridos.numeros"}
# Un corte puede hallar sus casos por el folio, si no tienen otro número.
FOLIO = "folio"
PARA_FIRMAR_A_MANO = "Nombre y firma"


def revisar_definicion(v: Ventanilla, corte: Corte) -> None:
    """Lanza DatosInvalidos si la definición nombra algo que no hay."""
    for problema in _problemas(v, corte):
        raise DatosInvalidos(f"cortes/{corte.clave}.yaml, {problema}")


def problemas_de_cortes(v: Ventanilla) -> list[Problema]:
    """Lo que está mal en las definiciones de los cortes de la oficina.

    El corte de un procedimiento que la oficina quitó no estorba: no se puede hacer.
    """
    problemas: list[Problema] = []
    procedimientos = claves_de(v.raiz, "procedimientos")
    for clave in lotes.claves_de_cortes(v.raiz):
        try:
            corte = lotes.leer_corte_definido(v.raiz, clave)
            if corte.procedimiento in procedimientos:
                problemas += [Problema(f"corte {clave}", dicho) for dicho in _problemas(v, corte)]
        except ErrorExpediente as error:
            problemas.append(Problema(f"corte {clave}", error.mensaje))
    return problemas


def _problemas(v: Ventanilla, corte: Corte) -> Iterator[str]:
    p, _ = procedimiento_vigente(v.raiz, corte.procedimiento)
    campos = {*p.hojas, *(n.clave for n in p.numeros), FOLIO}
    for que, escritos, conocidos in (
        ("pasos", corte.pasos, set(p.por_clave)),
        ("campos", (*corte.hoja, *corte.deduce), campos),
        ("firmas", [f.rol for f in corte.firmas], {r.clave for r in p.roles}),
    ):
        for escrito in escritos:
            if escrito not in conocidos:
                yield f"{que}: «{escrito}» no está en «{p.clave}».{sugerencia(escrito, conocidos)}"
    if not ruta_de_plantilla(v, corte.plantilla).is_file():
        yield f"plantilla: no está plantillas/{corte.plantilla}."
    de_caso = nombres_de_hechos(p, v.catalogos) | PROPIOS
    for donde, expresion, validos in _expresiones(corte, de_caso):
        for nombre in sorted(expresion.nombres - validos):
            yield f"{donde}: usa «{nombre}», que no existe.{sugerencia(nombre, validos)}"
        for nombre in sorted(expresion.nombres & p.sensibles):
            yield f"{donde}: «{nombre}» es un dato sensible y no sale en relaciones."


def _expresiones(corte: Corte, de_caso: set[str]) -> Iterator[tuple[str, Condicion, set[str]]]:
    for columna in corte.columnas:
        yield f"columna «{columna.clave}»", columna.valor, de_caso
    for campo, expresion in corte.deduce.items():
        yield f"deduce «{campo}»", expresion, set(corte.hoja)
    if corte.salvo:
        yield "salvo", corte.salvo, set(corte.hoja)
    if corte.concilia:
        yield "concilia", corte.concilia.nuestro, de_caso


def adheridos_de(v: Ventanilla, corte: Corte, asunto: Asunto) -> tuple[str, ...]:
    """Los números de los reportes que van adheridos a éste; su folio, si no tienen."""
    numeros = []
    for folio in (folio for folio, como in asunto.estado.relaciones if como == "acumula"):
        try:
            encabezado, _ = carpetas.leer_encabezado(carpetas.carpeta_existente(v.raiz, folio))
        except NoExiste:
            continue  # se archivó y salió de la oficina
        datos = encabezado.get("datos")
        numeros.append((datos.get(corte.busca) if isinstance(datos, dict) else None) or folio)
    return tuple(numeros)


def hechos_del_caso(v: Ventanilla, corte: Corte, asunto: Asunto) -> dict[str, Any]:
    """Los hechos del caso, y los que la relación sabe además."""
    adheridos = adheridos_de(v, corte, asunto)
    return {
        **hechos_de(asunto.procedimiento, asunto.estado, v.catalogos),
        "folio": asunto.folio,
        "adheridos": len(adheridos),
        "adheridos.numeros": ", ".join(adheridos),
    }


def escribir_relacion(
    v: Ventanilla, corte: Corte, lote: str, dia: date, asuntos: Sequence[Asunto]
) -> dict[str, bytes]:
    """Los ficheros de la relación de esos casos, en Word y en CSV.

    Lanza DatosInvalidos si a la plantilla le falta un dato.
    """
    hechos = [hechos_del_caso(v, corte, asunto) for asunto in asuntos]
    filas = [[_celda(c.valor.evaluar(h)) for c in corte.columnas] for h in hechos]
    titulos = [c.titulo for c in corte.columnas]
    total = _total(len(asuntos), sum(h["adheridos"] for h in hechos))
    campos = campos_de_la_relacion(v, corte, lote, dia, filas, total)
    carta = plantilla_de(v, corte.plantilla).llenar(campos)
    hoja = hoja_para_excel(titulos, filas)
    return {lotes.RELACION: carta, lotes.RELACION_EN_CSV: hoja}


def campos_de_la_relacion(
    v: Ventanilla, corte: Corte, lote: str, dia: date, filas: list[list[str]], total: str
) -> dict[str, Any]:
    """Lo que su plantilla puede pedir: el membrete y, en `corte`, todo lo demás."""
    return {
        "oficina": campos_de_la_oficina(v.oficina, corte.ente, dia),
        "corte": {
            "titulo": corte.nombre,
            "subtitulo": _procedencia(corte),
            "lote": lote,
            "fecha": dia_y_fecha(dia),
            "hecho": momento_en_palabras(v.ahora),
            "columnas": [c.titulo for c in corte.columnas],
            "filas": filas,
            "total": total,
            "firmas": [{"nombre": _firma(v, r), "papel": r.papel} for r in corte.firmas],
        },
    }


def _celda(dato: object) -> str:
    return f"{dato:.1f}" if isinstance(dato, float) else como_celda(dato)


def _procedencia(corte: Corte) -> str | None:
    manual = corte.manual
    return f"{manual.nombre} ({manual.codigo or manual.clave})" if manual else None


def _total(cuantos: int, adheridos: int) -> str:
    dicho = f"Total: {cuantos} {'reporte' if cuantos == 1 else 'reportes'}"
    if not adheridos:
        return f"{dicho}."
    return (
        f"{dicho}, que atienden además {adheridos} {'adherido' if adheridos == 1 else 'adheridos'}."
    )


def _firma(v: Ventanilla, rubrica: Rubrica) -> str:
    """Nombre y cargo de quien tiene ese rol; si son varios, firma el que entregue."""
    quienes = [p for p in v.oficina.personal if rubrica.rol in p.roles]
    if len(quienes) != 1:
        return PARA_FIRMAR_A_MANO
    persona = quienes[0]
    return f"{persona.nombre_con_grado}, {persona.cargo}"


def ya_relacionados(v: Ventanilla, corte: Corte) -> set[tuple[str, int]]:
    """(folio, actuación) de lo que alguna relación ya dio por hecho."""
    dichos: set[tuple[str, int]] = set()
    for carpeta in lotes.carpetas_de_lotes(v.raiz):
        lote, _ = lotes.leer_lote(carpeta)
        if lote.corte == corte.clave:
            dichos |= {(c.folio, c.ultima) for c in lote.casos if c.ultima is not None}
    return dichos


def ultima_de(corte: Corte, asunto: Asunto) -> int | None:
    """La actuación del paso del corte, si es lo último que se dio en el caso."""
    dadas = vigentes_de(asunto.actuaciones)
    return dadas[-1].numero if dadas and dadas[-1].paso == corte.paso else None


def esperados_de(v: Ventanilla, corte: Corte) -> tuple[list[Esperado], tuple[str, ...]]:
    """Los casos que la lista puede nombrar, y por qué no se pudo leer alguno."""
    listado = listar(v, Filtro(corte.procedimiento))
    esperados = []
    for renglon in listado.renglones:
        numero = renglon.folio if corte.busca == FOLIO else renglon.datos.get(corte.busca)
        if numero:
            rector = next(
                (r["folio"] for r in renglon.mapas("relaciones") if r["como"] == "acumulado_a"),
                None,
            )
            esperados.append(Esperado(renglon.folio, numero, rector))
    return esperados, tuple(f"{folio}: {porque}" for folio, porque in listado.problemas)
