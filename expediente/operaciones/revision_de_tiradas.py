"""Lo que está mal en las tiradas: su definición, y lo impreso que falta o cambió."""

from collections.abc import Iterator
from pathlib import Path

from expediente.almacen import tiradas as disco
from expediente.almacen.disco import sha256_de
from expediente.almacen.oficina import claves_de
from expediente.almacen.reglas import procedimiento_vigente
from expediente.nucleo.errores import ErrorExpediente, NoExiste, sugerencia
from expediente.nucleo.nombres_de_condiciones import nombres_de_hechos
from expediente.nucleo.revision import Problema
from expediente.nucleo.tirada import Impresa, Tirada
from expediente.operaciones.ventanilla import Ventanilla


def problemas_de_tiradas(v: Ventanilla) -> list[Problema]:
    """Lo que está mal en sus definiciones, y lo impreso que falta o cambió.

    La tirada de un procedimiento que la oficina quitó no estorba: no se puede hacer.
    """
    problemas: list[Problema] = []
    procedimientos = claves_de(v.raiz, "procedimientos")
    for clave in disco.claves_de_tiradas(v.raiz):
        try:
            tirada = disco.leer_tirada(v.raiz, clave)
            if tirada.procedimiento in procedimientos:
                problemas += [
                    Problema(f"tirada {clave}", dicho)
                    for dicho in problemas_de_una_tirada(v, tirada)
                ]
        except ErrorExpediente as error:
            problemas.append(Problema(f"tirada {clave}", error.mensaje))
    hechas = disco.todas_las_impresas(
        v.raiz, lambda donde, error: problemas.append(Problema(donde, error.mensaje))
    )
    for carpeta, impresa in hechas:
        if dicho := cambio_de_lo_impreso(carpeta, impresa):
            problemas.append(Problema(carpeta.relative_to(v.raiz).as_posix(), dicho))
    return problemas


def problemas_de_una_tirada(v: Ventanilla, tirada: Tirada) -> Iterator[str]:
    """Lo que su definición tiene mal, con el lugar y el más parecido."""
    try:
        p, _ = procedimiento_vigente(v.raiz, tirada.procedimiento)
    except NoExiste as error:
        yield f"procedimiento: {error.mensaje}"
        return
    paso = p.por_clave.get(tirada.paso)
    if paso is None:
        yield f"paso: «{tirada.paso}» no está en «{p.clave}».{sugerencia(tirada.paso, p.por_clave)}"
        return
    if paso.repite is None:
        yield f"paso: «{tirada.paso}» no se repite; una tirada es de lo que se firma cada mes."
    resultados = [salida.clave for salida in paso.salidas if salida.clave]
    if resultados and tirada.resultado not in resultados:
        yield f"resultado: el paso «{tirada.paso}» termina en: {', '.join(resultados)}."
    if tirada.documento not in p.documento:
        parecido = sugerencia(tirada.documento, p.documento)
        yield f"documento: «{tirada.documento}» no está en «{p.clave}».{parecido}"
    conocidos = nombres_de_hechos(p, v.catalogos)
    for campo in tirada.pone:
        if campo not in p.hojas:
            yield f"pone: «{campo}» no está en «{p.clave}».{sugerencia(campo, p.hojas)}"
    expresiones = [*tirada.pone.items(), *([("orden", tirada.orden)] if tirada.orden else [])]
    for donde, expresion in expresiones:
        for nombre in sorted(expresion.nombres - conocidos):
            yield f"«{donde}»: usa «{nombre}», que no existe.{sugerencia(nombre, conocidos)}"
        for nombre in sorted(expresion.nombres & p.sensibles):
            yield f"«{donde}»: «{nombre}» es un dato sensible y no sale aquí."


def cambio_de_lo_impreso(carpeta: Path, impresa: Impresa) -> str | None:
    """Por qué el fichero ya no es el que se imprimió; None si lo es."""
    ruta = carpeta / impresa.fichero
    if not ruta.is_file():
        return f"falta {impresa.fichero}; recupérelo del respaldo."
    if sha256_de(ruta) != impresa.sha256:
        return f"{impresa.fichero} cambió después de imprimirse; recupérelo del respaldo."
    return None
