"""Lo que dice el Word de un informe ya contado: los datos que pide su plantilla."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from expediente.almacen.guardado import NoContado
from expediente.documentos.graficas import Cifra, escrita
from expediente.documentos.redaccion import campos_de_la_oficina
from expediente.nucleo.calculos import meta_en_palabras
from expediente.nucleo.cifras import Cifras
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.indicador import Indicador
from expediente.nucleo.informe import Grupo, Informe
from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO
from expediente.nucleo.periodo import rotulo_del_corte
from expediente.nucleo.resultados import LADOS, POR_RANGO, Resultado, nombre_del_desglose
from expediente.nucleo.ritmo import PARTES, Parte, ritmo
from expediente.operaciones.ventanilla import Ventanilla

if TYPE_CHECKING:
    from expediente.operaciones.informes import InformeHecho

# Una cifra del anexo: su nombre, cuánto es y de qué folios sale.
Dicha = tuple[str, str, tuple[str, ...]]
CUMPLE = {True: "Sí", False: "No", None: "—"}
SERIES = ("Recibidos", "Concluidos")


def campos_del_informe(
    v: Ventanilla, hecho: "InformeHecho", con_folios: bool = False
) -> dict[str, Any]:
    """Lo que su plantilla puede pedir: el membrete y, en `informe`, todo lo demás."""
    hecho = con_nombres(v, hecho)
    return {
        "oficina": campos_de_la_oficina(v.oficina, hecho.informe.ente, hecho.al.date()),
        "informe": _campos(v, hecho, con_folios),
    }


def _campos(v: Ventanilla, hecho: "InformeHecho", con_folios: bool) -> dict[str, Any]:
    informe, cifras = hecho.informe, hecho.cifras
    nombres = nombres_de_totales(informe)
    return {
        "titulo": informe.nombre,
        "subtitulo": procedencia(informe),
        "periodo": periodo_dicho(hecho),
        "al": rotulo_del_corte(hecho.al),
        "ente": v.oficina.ente(informe.ente).nombre,
        "destinatario": destinatarios(v, informe) or None,
        "identidad": cifras.identidad,
        "totales": [
            {"nombre": nombres[clave], "valor": cantidad(cuantos)}
            for clave, cuantos in cifras.totales.items()
        ],
        "detalle": informe.detalle,
        "cuantos": f"{informe.detalle}: {cantidad(len(cifras.filas))}.",
        "sin_imprimir": _sin_imprimir(cifras),
        "columnas": [c.titulo for c in informe.columnas],
        "filas": [[fila[c.clave] for c in informe.columnas] for fila in cifras.filas],
        "tendencia": _tendencia(hecho),
        "grupos": [_grupo(g, cifras.grupos[g.clave]) for g in informe.grupos],
        "indicadores": [indicador_dicho(r) for r in hecho.indicadores],
        "anexo": list(_anexo(hecho)) if con_folios else [],
        "problemas": [al_pie(problema) for problema in hecho.problemas],
        "elaboro": _firma(v, informe.elaboro),
        "visto_bueno": _visto_bueno(v, informe),
        "recibe": _firma(v, informe.recibe),
    }


def al_pie(problema: str) -> str:
    """El problema como va en el papel: de lo que no se leyó, sólo el folio y cómo verlo."""
    if not isinstance(problema, NoContado):
        return problema
    folio = problema.folio
    return f"{folio}: no se contó; véalo con: expediente revisar {folio}"


def con_nombres(v: Ventanilla, hecho: "InformeHecho") -> "InformeHecho":
    """El informe con el nombre de cada persona de la oficina donde la historia dice su clave."""
    columnas = [c.clave for c in hecho.informe.columnas if _dice_quien(c.valor)]
    grupos = [g.clave for g in hecho.informe.grupos if _dice_quien(g.por)]
    if not columnas and not grupos:
        return hecho
    personal = v.oficina.personal
    nombres = {p.usuario: p.nombre for p in personal if p.usuario}
    nombres |= {p.clave: p.nombre for p in personal}
    cifras = hecho.cifras
    desgloses, folios = dict(cifras.grupos), dict(cifras.folios)
    for clave in grupos:
        # La clave y el usuario de una persona son la misma: se suman en su nombre.
        suyos: dict[str, Cifra] = {}
        for quien, n in cifras.grupos[clave].items():
            nombre = nombres.get(quien, quien)
            previos = folios.get(f"{clave}/{nombre}", ()) if nombre in suyos else ()
            suyos[nombre] = suyos.get(nombre, 0) + n
            folios[f"{clave}/{nombre}"] = (*previos, *cifras.folios.get(f"{clave}/{quien}", ()))
        desgloses[clave] = suyos
    filas = ({**f, **{c: nombres.get(f[c], f[c]) for c in columnas}} for f in cifras.filas)
    dichas = replace(cifras, filas=tuple(filas), grupos=desgloses, folios=folios)
    return replace(hecho, cifras=dichas)


def _dice_quien(expresion: Condicion) -> bool:
    return expresion.escrita.startswith("actuo.") or expresion.escrita == "asignado"


def _sin_imprimir(cifras: Cifras) -> str | None:
    """Cuántos renglones se contaron y no van en la relación; None si van todos."""
    if not cifras.sin_imprimir:
        return None
    van = len(cifras.filas)
    return f"Van {van} de los {van + cifras.sin_imprimir} que se contaron."


def periodo_dicho(hecho: "InformeHecho") -> str:
    """El rótulo del periodo, que dice si al corte no había terminado."""
    return f"{hecho.periodo.rotulo}{', sin terminar' * hecho.incompleto}"


def nombres_de_totales(informe: Informe) -> dict[str, str]:
    """Cómo se llama cada cifra, primero las del movimiento: {clave: nombre}."""
    return {**NOMBRES_DEL_MOVIMIENTO, **{t.clave: t.nombre for t in informe.totales}}


def cantidad(cuanto: Cifra | None) -> str:
    """«1,234», o «1,234.50» si lleva fracción; «s/d» si no hay."""
    return "s/d" if cuanto is None else escrita(cuanto)


def _grupo(grupo: Grupo, valores: Mapping[str, Cifra]) -> dict[str, Any]:
    total = sum(valores.values())
    return {
        "nombre": grupo.nombre,
        "total": cantidad(total),
        "en_orden": va_en_orden(grupo),
        "filas": [
            {"nombre": valor, "valor": cantidad(n), "parte": parte(n, total)}
            for valor, n in en_su_orden(grupo, valores)
        ],
    }


def _tendencia(hecho: "InformeHecho") -> dict[str, Any] | None:
    """Lo recibido y lo concluido en cada parte del periodo, para verlo en columnas.

    None si no hay dos partes que comparar o no se movió nada.
    """
    partes = partes_del_periodo(hecho)
    if not partes:
        return None
    return {
        "nombre": nombre_del_reparto(hecho),
        "series": list(SERIES),
        "filas": [
            {"nombre": p.nombre, "valores": [cantidad(p.recibidos), cantidad(p.concluidos)]}
            for p in partes
        ],
    }


def partes_del_periodo(hecho: "InformeHecho") -> tuple[Parte, ...]:
    """Cómo se repartió el movimiento en su periodo; nada si no hay qué comparar."""
    partes = ritmo(hecho.periodo, hecho.al, hecho.cifras.por_dia)
    se_movio = any(p.recibidos or p.concluidos for p in partes)
    return partes if len(partes) > 1 and se_movio else ()


def nombre_del_reparto(hecho: "InformeHecho") -> str:
    """«Recibidos y concluidos por día»."""
    return f"{' y '.join(SERIES).capitalize()} {PARTES[hecho.periodo.clase][1]}"


def va_en_orden(grupo: Grupo) -> bool:
    """Si sus valores son tramos de edad u horas, que se leen de menor a mayor."""
    return grupo.por.escrita.startswith(("tramo_de(", "hora_del_dia("))


def en_su_orden(grupo: Grupo, valores: Mapping[str, Cifra]) -> list[tuple[str, Cifra]]:
    """(valor, cuántos) de un desglose: sus tramos de menor a mayor, o como vienen."""
    if not va_en_orden(grupo):
        return list(valores.items())
    return sorted(valores.items(), key=lambda par: _donde_empieza(par[0]))


def _donde_empieza(tramo: str) -> tuple[bool, int]:
    """La llave de «18 a 59», «60 o más» o «9 h»; lo que no consta va al final."""
    numero = tramo.split(" ", 1)[0]
    return (False, int(numero)) if numero.isdigit() else (True, 0)


def parte(cuanto: Cifra, total: Cifra) -> str:
    """Qué parte es de un total: «29 %», que no se parte; «» si el total es cero."""
    return f"{100 * cuanto / total:.0f}\N{NO-BREAK SPACE}%" if total else ""


def indicador_dicho(r: Resultado) -> dict[str, Any]:
    """Un indicador como se lee: nombre, fórmula, cada lado, valor, estándar y si cumple."""
    return {
        "nombre": r.indicador.nombre,
        "formula": r.indicador.formula,
        "numerador": cantidad(r.numerador),
        "denominador": cantidad(r.denominador),
        "valor": r.texto,
        "estandar": _estandar(r.indicador) or "—",
        "cumple": CUMPLE[r.cumple],
        "notas": list(notas_del_indicador(r)),
        "grupos": [
            {
                "nombre": nombre_del_desglose(r.indicador, clave),
                "en_orden": clave == POR_RANGO,
                "filas": [{"nombre": valor, "valor": uno.texto} for valor, uno in suyos.items()],
            }
            for clave, suyos in r.desglose.items()
        ],
    }


def _estandar(indicador: Indicador) -> str:
    """Contra qué se juzga: la meta si la hay, o lo que dice el manual."""
    meta = meta_en_palabras(indicador)
    dice = (indicador.estandar and indicador.estandar.dice) or ""
    return meta[:1].upper() + meta[1:] or dice


def notas_del_indicador(r: Resultado) -> Iterator[str]:
    """Lo que hay que saber para no engañarse con su número; primero, lo que no entró."""
    if r.excluidos:
        motivos = "; ".join(f"{motivo}: {n}" for motivo, n in r.motivos.items())
        yield f"No entraron a la cuenta {r.excluidos} ({motivos})."
    yield from r.notas


def _anexo(hecho: "InformeHecho") -> Iterator[dict[str, Any]]:
    """Cada cifra con sus folios; las que no tienen ninguno no salen."""
    for nombre, valor, folios in (*_totales(hecho), *_desgloses(hecho), *_lados(hecho)):
        if folios:
            yield {"nombre": nombre, "valor": valor, "folios": list(folios)}


def _totales(hecho: "InformeHecho") -> Iterator[Dicha]:
    nombres = nombres_de_totales(hecho.informe)
    for clave, cuanto in hecho.cifras.totales.items():
        yield nombres[clave], cantidad(cuanto), hecho.cifras.folios.get(clave, ())


def _desgloses(hecho: "InformeHecho") -> Iterator[Dicha]:
    for grupo in hecho.informe.grupos:
        for valor, n in en_su_orden(grupo, hecho.cifras.grupos[grupo.clave]):
            folios = hecho.cifras.folios.get(f"{grupo.clave}/{valor}", ())
            yield f"{grupo.nombre}: {valor}", cantidad(n), folios


def _lados(hecho: "InformeHecho") -> Iterator[Dicha]:
    for r in hecho.indicadores:
        for lado, dicho in LADOS.items():
            cuanto = cantidad(getattr(r, lado))
            yield f"{r.indicador.nombre}: {dicho}", cuanto, r.folios.get(lado, ())


def procedencia(informe: Informe) -> str | None:
    """El manual del que sale, con su código; None si de ninguno."""
    manual = informe.manual
    return f"{manual.nombre} ({manual.codigo or manual.clave})" if manual else None


def destinatarios(v: Ventanilla, informe: Informe) -> str:
    """A quiénes se envía, con su cargo; «» si a nadie."""
    todos = map(v.oficina.destinatario, informe.destinatarios)
    return "; ".join(f"{d.nombre}, {d.cargo}" for d in todos)


def _visto_bueno(v: Ventanilla, informe: Informe) -> str:
    """Quien da el visto bueno; «» si es quien lo elaboró, que firma una sola vez."""
    da = _firma(v, informe.visto_bueno)
    return "" if da == _firma(v, informe.elaboro) else da


def _firma(v: Ventanilla, rol: str | None) -> str:
    """Nombre y cargo de quien tiene ese rol; «» si nadie."""
    for persona in v.oficina.personal:
        if rol in persona.roles:
            return f"{persona.nombre_con_grado}, {persona.cargo}"
    return ""
